package org.agnesi.cli;

import org.agnesi.error.ArgumentError;

/// `name=text`: how the command line gives a variable its value.
record Named(String name, String text) {
    static Named parse(String argument) {
        int at = argument.indexOf('=');
        if (at > 0) return new Named(argument.substring(0, at).strip(), argument.substring(at + 1).strip());
        throw new ArgumentError("""
                NAME=VALUE is needed, but got %s
                Write for example x=2 or x=[[0,1],[-1,-2]].""".formatted(argument));
    }
}
