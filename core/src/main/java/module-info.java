/// Symbolic tensors that know their derivatives and compile themselves.
module org.agnesi {
    requires hipparchus.core;
    requires jdk.jfr;
    requires static transitive org.jspecify;

    exports org.agnesi;
    exports org.agnesi.array;
    exports org.agnesi.derive;
    exports org.agnesi.error;
    exports org.agnesi.kernel;
    exports org.agnesi.symbolic;

    uses org.agnesi.kernel.BlasProvider;
    uses org.agnesi.symbolic.OpProvider;
}
