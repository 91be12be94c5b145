/// Values: what goes into a compiled function and what comes out.
///
/// Open [org.agnesi.array.NDArray] first: a [org.agnesi.array.DType], a [org.agnesi.array.Shape] and a Java primitive
/// array in C order, nothing else. Arithmetic lives elsewhere; here are making, reading, casting and printing, and two
/// kinds of files: [org.agnesi.array.NpyFile] and [org.agnesi.array.CsvFile].
///
/// ```
/// DType   ::= bool | int8 | uint8 | int16 | int32 | int64 | float32 | float64
/// Shape   ::= (dim, …)                      each dim ≥ 0, the product ≤ 2³¹ − 1
/// NDArray ::= DType Shape elements          elements in C order: the last index moves fastest
/// ```
@NullMarked
package org.agnesi.array;

import org.jspecify.annotations.NullMarked;
