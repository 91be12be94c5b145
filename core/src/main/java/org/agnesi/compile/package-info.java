/// From the graph that was asked for to a list of tasks: which passes it goes through, which loops there are, what is fused
/// into which, what is stored.
///
/// Takes expressions, gives a [org.agnesi.compile.Schedule] of [org.agnesi.compile.Task]s, most of which run one
/// [org.agnesi.kernel.Program]. Open [org.agnesi.compile.Pipeline] for the passes a graph goes through,
/// [org.agnesi.compile.Scheduler] for the steps from there to loops. Those name no op: ops say through their lowering which loop
/// they are. The passes over loops before them, each a [org.agnesi.compile.LoopPass] or alike, are about `Scan` and what its steps do.
///
/// ```
/// Schedule ::= Slot… Task… inputs outputs
/// Slot     ::= name Expr [Scalar …] constant?
/// Task     ::= Run Program | Eval Node reason | Multiply Node Product | Repeat LoopSpec Schedule StepLoop?
///            | Replay ReplaySpec Schedule Schedule | Choose Schedule Schedule | Copy | Rename | Verify SizeCheck
/// ```
///
/// Between the steps a scalar is written over slots: `At(slot, …)` and `Load(slot, …)` read one, `Size(slot, axis)` is
/// a dimension of one, `Index(axis)` the current point of the loop.
@NullMarked
package org.agnesi.compile;

import org.jspecify.annotations.NullMarked;
