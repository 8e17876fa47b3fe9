/** What stands in for a part of Kotlin's reflection library that is too slow for a short run. */
@NullMarked
package kotlin.reflect.jvm;

import org.jspecify.annotations.NullMarked;
