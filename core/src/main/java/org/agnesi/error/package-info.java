/// The mistakes a user can make, one exception class each.
///
/// Every message says what was wanted, what came, and what to do. Open [AgnesiException] first.
@NullMarked
package org.agnesi.error;

import org.jspecify.annotations.NullMarked;
