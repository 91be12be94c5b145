/// What a kernel is: scalars, the loops around them, and how an op says which loop it is. Plain sealed data.
///
/// An op lowers itself to a [org.agnesi.kernel.Lowering], written with the factories of [org.agnesi.kernel.Scalar] on
/// its [org.agnesi.kernel.Operand]s. Fusion turns lowerings into [org.agnesi.kernel.Program]s; evaluators and emitters
/// run those. Open `Scalar` first.
///
/// ```
/// Scalar   ::= Const | Input k | At k [Scalar …] | Index axis | Size k axis
///            | Unary f Scalar | Binary f Scalar Scalar | Compare r Scalar Scalar
///            | Select Scalar Scalar Scalar | Cast dtype Scalar
///            | Fma Scalar Scalar Scalar | Bits dtype Scalar | Rare Scalar Scalar Scalar
///            | Local id | Load buffer Scalar                           only in programs
/// Lowering ::= Pointwise Scalar | View k [Scalar …] | Reshape k | Gather Scalar Bound…
///            | Reduce Combine axes Scalar | Arg Combine axis Scalar | Prefix Combine axis Scalar
///            | Scatter Combine? k k [Scalar …] | Contract labels labels labels | Piecewise axis
///            | Library routine Scalar use | Loop LoopSpec | Replay ReplaySpec | Branch | Eval reason
/// Program  ::= Storage… Stmt
/// Stmt     ::= Seq Stmt… | For Local Scalar Stmt | While Scalar Stmt | If Scalar Stmt Stmt
///            | Let Local Scalar | Assign Local Scalar | Check Scalar Scalar
///            | Store buffer Scalar Scalar | Accumulate buffer Scalar Combine Scalar
///            | Fold Loop… Stmt Accumulator…
/// ```
///
/// Every scalar has a dtype, and both sides of a binary one have the same. float32 is rounded after every operation;
/// [org.agnesi.kernel.Integers] is the table for integers, [org.agnesi.kernel.Elementary] the values of the functions,
/// most of which [org.agnesi.kernel.ElementaryPrograms] writes as scalars.
/// MAX and MIN give NaN if either side is NaN, and max(-0.0, 0.0) is 0.0.
@NullMarked
package org.agnesi.kernel;

import org.jspecify.annotations.NullMarked;
