/// The whole public face: [org.agnesi.Tensors] builds formulas, [org.agnesi.Agnesi] derives and compiles them,
/// [org.agnesi.Compiled] runs them.
///
/// {@snippet file="Gradient.java" region="logistic"}
///
/// The packages below follow one formula on its way, in this order:
///
/// | package               | takes            | gives                       |
/// |-----------------------|------------------|-----------------------------|
/// | `org.agnesi.symbolic` | calls            | a typed graph               |
/// | `org.agnesi.derive`   | a graph          | the graph of its derivative |
/// | `org.agnesi.network`  | a graph          | cheaper products in it      |
/// | `org.agnesi.rewrite`  | a graph          | an equal, cheaper graph     |
/// | `org.agnesi.compile`  | a graph          | programs                    |
/// | `org.agnesi.emit`     | programs         | bytecode                    |
/// | `org.agnesi.run`      | programs, arrays | arrays                      |
///
/// `org.agnesi.op` holds one file per operation; `org.agnesi.kernel` and `org.agnesi.array` hold plain data,
/// `org.agnesi.error` the mistakes a user can make. `org.agnesi.sparse` finds which entries of Jacobians are zero,
/// `org.agnesi.save` writes functions to files and reads them.
@NullMarked
package org.agnesi;

import org.jspecify.annotations.NullMarked;
