"""Texts that show an 8-bit encoder the range of values it will meet.

Written for this purpose: goods and questions of many kinds in Chinese and English, and a little
of everything else that shoppers type. ``CHECK_TEXTS`` are kept apart, to judge the result.
"""

from __future__ import annotations

CALIBRATION_TEXTS = (
    "红色连衣裙",
    "Women's waterproof hiking boots, wide fit, size 39, dark brown suede",
    "适合送给妈妈的生日礼物 300元以内",
    "wireless mouse",
    "轻便透气男士跑步鞋，网面鞋身，缓震中底，适合日常通勤与马拉松训练。",
    "The insulated bottle keeps drinks cold for 24 hours and hot for 12. 750 ml, steel.",
    "不锈钢保温杯 500ml 大容量 学生 便携",
    "Is this jacket machine washable, and does it come with a hood?",
    "怎么退货？",
    "SKU NB-2047-XL-BLK",
    "iphone 15 pro max 手机壳 透明 防摔 磁吸",
    "Ergonomic office chair with lumbar support, adjustable armrests and a breathable mesh back. "
    "Holds up to 136 kg. Assembly takes about twenty minutes; tools are included.",
    "全棉四件套，60支长绒棉，亲肤裸睡，1.8米床适用。可机洗，水温不超过30度，不可漂白。",
    "cheap usb-c cable 2m braided",
    "母婴 宝宝 湿巾 无香 80抽 10包",
    "$14.90 – $99.00, 20% off until Sunday!",
    "紫砂壶 功夫茶具 套装 家用 陶瓷 盖碗",
    "a",
    "好",
    "Кроссовки мужские, размер 43",
    "ワイヤレスイヤホン ノイズキャンセリング",
    "한국 화장품 세트 수분 크림",
    "robe rouge d'été en lin, taille 38",
    "حقيبة جلدية نسائية",
    "👗👟 summer sale 🎁",
    "USB3.0/HDMI 1080p@60Hz, 12V⎓2A, IP67, 5.8×3.2×1.1 in",
    "<b>Bold</b> & {json: [1, 2, 3]}",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈",
    "Solid oak dining table for six to eight people, oiled by hand. The top is 28 mm thick and "
    "rests on tapered legs; scratches can be sanded out and oiled again. Seats 8.",
    "【正品】冬季加厚羽绒服男中长款连帽 90%白鸭绒 防风防水 黑色/藏青 S-3XL",
    "筆記型電腦 14 吋 輕薄 長效電池",
)

CHECK_TEXTS = (
    "蓝牙耳机 降噪 学生党",
    "Linen shirt with a mandarin collar, relaxed fit, garment-dyed in sage green.",
    "儿童雨衣 带书包位 120cm",
    "noise cancelling headphones under $80",
    "手冲咖啡壶，细口，304不锈钢，带温度计，适合家用和露营。",
    "Replacement filter for robot vacuum, pack of 6",
    "送男朋友",
    "which tent is best for two people and a dog?",
    "SKU-88413/B",
    "高腰阔腿牛仔裤女春季新款显瘦垂感直筒拖地裤 深蓝 26-32",
    "Cast-iron skillet, 26 cm, pre-seasoned. Works on gas, induction and campfires; hand wash.",
    "무선 마우스",
)
