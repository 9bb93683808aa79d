// The one class that the generated client uses of Moshi's reflection (see okhttp.kt).
package com.squareup.moshi.kotlin.reflect

import com.squareup.moshi.JsonAdapter

class KotlinJsonAdapterFactory : JsonAdapter.Factory
