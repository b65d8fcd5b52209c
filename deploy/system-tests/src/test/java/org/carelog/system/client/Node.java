package org.carelog.system.client;

import com.caoccao.javet.enums.V8AwaitMode;
import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.interop.NodeRuntime;
import com.caoccao.javet.interop.V8Host;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.carelog.system.platform.Result;
import org.carelog.system.platform.Shell;

/** Node.js from a Maven artifact, in a JVM of its own: what it prints and how it ends is the script's. */
public final class Node {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String RUN = "process.getBuiltinModule('node:module').createRequire(script)(script)";

    private Node() {}

    /** Runs a script as {@code node script} does, to its end. */
    static Result run(Path script, Map<String, String> environment) {
        return new Shell(script.getParent(), environment)
                .run(
                        PATIENCE,
                        List.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-Xmx128m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Node.class.getName(),
                                script.toString()));
    }

    /** The process that {@link #run} starts. */
    public static void main(String[] arguments) throws JavetException {
        int exitCode;
        try (NodeRuntime node = V8Host.getNodeInstance().createV8Runtime()) {
            node.getGlobalObject().set("script", arguments[0]);
            node.getExecutor(RUN).executeVoid();
            node.await(V8AwaitMode.RunTillNoMoreTasks);
            exitCode = node.getExecutor("process.exitCode ?? 0").executeInteger();
        }
        System.exit(exitCode);
    }
}
