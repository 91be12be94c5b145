/// The command line: `agnesi derive`, `plot`, `tutorial` and `repl`.
module org.agnesi.cli {
    requires com.fasterxml.jackson.core;
    requires info.picocli;
    requires java.desktop;
    requires jdk.jshell;
    requires org.agnesi;
    requires static org.jspecify;
    requires xchart;

    opens org.agnesi.cli to info.picocli;
}
