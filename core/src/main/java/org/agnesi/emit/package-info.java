/// From programs to bytecode: each [org.agnesi.kernel.Program] becomes a hidden class. Open [org.agnesi.emit.Emitter]
/// first.
///
/// | class                          | what it is                                                         |
/// |--------------------------------|--------------------------------------------------------------------|
/// | [org.agnesi.emit.Code]         | a program that runs: what the emitted class implements             |
/// | [org.agnesi.emit.Emitter]      | writes the class: one method, and one for each outermost loop      |
/// | [org.agnesi.emit.Listing]      | the class as text: its methods, and which of them each calls       |
/// | [org.agnesi.emit.StmtCode]     | statements                                                         |
/// | [org.agnesi.emit.ScalarCode]   | scalars, on the JVM's stack                                        |
/// | [org.agnesi.emit.Narrow]       | which positions are computed as `int`, so that HotSpot sees counted loops |
/// | [org.agnesi.emit.Exposed]      | which loads may lie outside their array                            |
///
/// The bits are those of the loop evaluator, `run.Kernel`, which stays the oracle.
@NullMarked
package org.agnesi.emit;

import org.jspecify.annotations.NullMarked;
