/// BLAS and LAPACK by OpenBLAS, called through `java.lang.foreign`: its files come with a jar of their own, are unpacked into
/// a cache folder and checked, and nothing is fetched at run time. Open [org.agnesi.openblas.OpenBlas] first.
@NullMarked
package org.agnesi.openblas;

import org.jspecify.annotations.NullMarked;
