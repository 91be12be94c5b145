/// Functions and parameters as text that any program can read: JSON with ops by stable names, and no Java class names.
///
/// Takes: a graph, its inputs, outputs and updates. Gives: bytes; and back, checked as if the graph were built anew.
/// Open [org.agnesi.save.GraphWriter] and [org.agnesi.save.GraphReader].
///
/// ```
/// file   = {"format": "agnesi", "version": 1, "name", "mode", "nodes": [node …], "inputs": [id …], "outputs": [id …],
/// "updates": [[id, id] …]}
/// node   = {"op", "with": {component: value …}?, "args": [id …]?, "name"?}        makes the next ids, one per result
///        | {"shared": name, "value": array}
/// array  = {"dtype", "shape": [int …], "values": [number …] | "data": base64 of the elements, little-endian}
/// value  = a JSON value | array | graph | {"is": kind, component: value …}
/// graph  = {"params": int, "nodes": [node …], "results": [id …]}                  its first nodes are the params
/// ```
///
/// An op's name is its record's in camelCase, its components are the record's: see [org.agnesi.save.OpNames].
@NullMarked
package org.agnesi.save;

import org.jspecify.annotations.NullMarked;
