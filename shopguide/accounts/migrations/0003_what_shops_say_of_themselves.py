from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_shoppers")]

    operations = [
        migrations.AddField(
            model_name="merchant",
            name="logo",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="merchant",
            name="email",
            field=models.EmailField(blank=True, max_length=254, verbose_name="email for customers"),
        ),
        migrations.AddField(
            model_name="merchant",
            name="phone",
            field=models.CharField(
                blank=True, max_length=40, verbose_name="telephone for customers"
            ),
        ),
        migrations.AddField(
            model_name="merchant",
            name="language",
            field=models.CharField(
                blank=True,
                choices=[("zh-hans", "Simplified Chinese"), ("en", "English")],
                max_length=10,
                verbose_name="first language",
            ),
        ),
        migrations.AddField(
            model_name="merchant", name="hours", field=models.JSONField(blank=True, default=dict)
        ),
        migrations.AddField(
            model_name="merchant", name="holidays", field=models.JSONField(blank=True, default=list)
        ),
        migrations.AddField(
            model_name="merchant",
            name="suspended_reason",
            field=models.TextField(blank=True, verbose_name="reason of the suspension"),
        ),
        migrations.AlterField(
            model_name="merchant",
            name="suspended_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="suspended at"),
        ),
    ]
