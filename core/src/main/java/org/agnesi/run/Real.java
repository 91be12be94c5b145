package org.agnesi.run;

/// A float scalar made ready to compute; a float32 is a double that has been rounded.
interface Real {
    double at(Frame f);
}
