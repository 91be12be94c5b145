/// OpenBLAS for Agnesi: found by itself where it is on the module path or the class path.
module org.agnesi.openblas {
    requires org.agnesi;
    requires static org.jspecify;

    provides org.agnesi.kernel.BlasProvider with org.agnesi.openblas.OpenBlasProvider;
}
