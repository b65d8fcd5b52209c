package org.carelog.local.demo;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code carelog demo}. Exit code 0 when everything arrived, 1 with a sentence when something did not. */
@Command(
        name = "demo",
        description = "The main job in a few lines: a write, its event, the other service's copy, the audit entry.")
public final class DemoCommand implements Callable<Integer> {

    private final Callable<DemoTarget> running;

    /** @param running finds the running system, or throws with a sentence that says what is not running */
    public DemoCommand(Callable<DemoTarget> running) {
        this.running = running;
    }

    @Override
    public Integer call() {
        PrintStream err = System.err;
        try {
            new Demo(running.call(), System.out).run();
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (Exception e) {
            err.println(e.getMessage() == null ? "The demo failed: " + e : e.getMessage());
            return 1;
        }
    }
}
