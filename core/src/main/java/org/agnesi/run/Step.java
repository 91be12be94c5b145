package org.agnesi.run;

/// A statement made ready to run.
interface Step {
    void run(Frame f);
}
