// What the generated client uses of Moshi, as signatures only (see okhttp.kt).
package com.squareup.moshi

import java.lang.reflect.Type

@Target(AnnotationTarget.FIELD, AnnotationTarget.PROPERTY, AnnotationTarget.VALUE_PARAMETER)
annotation class Json(val name: String = "")

@Target(AnnotationTarget.CLASS)
annotation class JsonClass(val generateAdapter: Boolean, val generator: String = "")

@Target(AnnotationTarget.FUNCTION)
annotation class ToJson

@Target(AnnotationTarget.FUNCTION)
annotation class FromJson

abstract class JsonAdapter<T> {
    fun toJson(value: T?): String = TODO()

    fun fromJson(string: String): T? = TODO()

    interface Factory
}

class Moshi {
    fun <T> adapter(type: Class<T>): JsonAdapter<T> = TODO()

    fun <T> adapter(type: Type): JsonAdapter<T> = TODO()

    class Builder {
        fun add(adapter: Any): Builder = TODO()

        fun add(factory: JsonAdapter.Factory): Builder = TODO()

        fun build(): Moshi = TODO()
    }
}

@ExperimentalStdlibApi
inline fun <reified T> Moshi.adapter(): JsonAdapter<T> = TODO()
