package org.carelog.system.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** What {@code ./carelog status --json} says of a part. */
public record PartStatus(String name, String state, long pid, int port, int restarts) {

    public boolean isReady() {
        return state.equals("ready") && pid > 0;
    }

    /** Whether somebody takes connections on its port, now. */
    public boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException nobody) {
            return false;
        }
    }
}
