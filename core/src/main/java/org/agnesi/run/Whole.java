package org.agnesi.run;

/// An integer or bool scalar made ready to compute; a bool is 0 or 1.
interface Whole {
    long at(Frame f);
}
