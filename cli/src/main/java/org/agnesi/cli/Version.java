package org.agnesi.cli;

import java.io.IOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// Agnesi's version, which the build wrote beside this class, and the Java it runs on.
final class Version implements IVersionProvider {
    @Override public String[] getVersion() throws IOException {
        var properties = new Properties();
        try (var in = Version.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        }
        return new String[] {"agnesi " + properties.getProperty("version") + ", Java " + Runtime.version()};
    }
}
