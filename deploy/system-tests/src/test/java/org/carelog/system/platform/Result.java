package org.carelog.system.platform;

/** How a command ended. */
public record Result(int exitCode, String out, String err) {

    public String lastLine() {
        String text = out.stripTrailing();
        return text.substring(text.lastIndexOf('\n') + 1);
    }

    @Override
    public String toString() {
        return "exit code %d%n%s%n%s".formatted(exitCode, out, err);
    }
}
