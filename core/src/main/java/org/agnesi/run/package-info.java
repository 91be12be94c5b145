/// Schedules and arrays in, arrays out. Open [org.agnesi.run.Plan] first.
///
/// | class                       | runs                                                                  |
/// |-----------------------------|-----------------------------------------------------------------------|
/// | [org.agnesi.run.Plan]       | a schedule: slots hold arrays, actions fill them, arrays are used again |
/// | [org.agnesi.run.Kernel]     | one program over primitive arrays                                     |
/// | [org.agnesi.run.Backend]    | what computes programs: evaluators, emitted code, one after the other |
/// | [org.agnesi.run.Repetition] | a loop of plans                                                       |
///
/// In the loop evaluator statements and scalars become small objects over a frame of primitive locals, and innermost
/// loops, where no point sees what another has written, work on [blocks][org.agnesi.run.Block] of 256 points with the same
/// bits. It is the oracle for emitted code, which is what users run.
@NullMarked
package org.agnesi.run;

import org.jspecify.annotations.NullMarked;
