/// Programs and arrays in, arrays out.
///
/// A [org.agnesi.run.Kernel] runs one [org.agnesi.kernel.Program]: its statements and scalars become small objects
/// over a frame of primitive locals. It is the oracle for every later emitter, and the engine until there is one.
@NullMarked
package org.agnesi.run;

import org.jspecify.annotations.NullMarked;
