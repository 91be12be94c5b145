/// How fast Agnesi builds, compiles and calls: by hand, on a quiet machine.
@NullMarked
package org.agnesi.bench;

import org.jspecify.annotations.NullMarked;
