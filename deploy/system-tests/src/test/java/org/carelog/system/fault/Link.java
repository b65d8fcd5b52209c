package org.carelog.system.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The way to a server of this machine, which can fail: what comes in by one port is passed on to another. Thread-safe. */
final class Link implements AutoCloseable {
    enum State {
        WHOLE,
        /** Connections are reset, and none are made. */
        CLOSED,
        /** Nothing comes through; it comes late. */
        SILENT,
        /** What is asked for comes through, and no answer: connections are reset then. */
        DEAF;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final int target;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private State state = State.WHOLE;

    Link(int target) throws IOException {
        this.target = target;
        this.door = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    synchronized void become(State next) {
        boolean reset = next == State.CLOSED || state == State.DEAF;
        state = next;
        if (reset) {
            open.forEach(Link::reset);
        }
        notifyAll();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Thread.ofVirtual().start(() -> connect(client));
            }
        } catch (IOException e) {
            // the door is closed: the run is over
        }
    }

    private void connect(Socket client) {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            if (!enter(client, server)) {
                reset(client);
                reset(server);
                return;
            }
            Thread.ofVirtual().start(() -> carry(client, server, false));
            carry(server, client, true);
        } catch (IOException nobodyThere) {
            reset(client);
        }
    }

    private synchronized boolean enter(Socket client, Socket server) throws IOException {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        return state != State.CLOSED && open.add(client) && open.add(server);
    }

    private void carry(Socket from, Socket to, boolean answers) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[1 << 14];
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                awaitPassage(answers);
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // one end is gone, and so is the other now
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private synchronized void awaitPassage(boolean answers) throws InterruptedException {
        while (state == State.SILENT || (answers && state == State.DEAF)) {
            wait();
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException gone) {
            // so it is closed
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        become(State.CLOSED);
    }
}
