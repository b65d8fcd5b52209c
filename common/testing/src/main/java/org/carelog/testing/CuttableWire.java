package org.carelog.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to the database that can be cut, or swallow what goes through it. */
public final class CuttableWire implements AutoCloseable {
    private final URI target;
    private final ServerSocket server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean cut;
    private volatile boolean swallowing;

    public CuttableWire(String jdbcUrl) throws IOException {
        target = URI.create(jdbcUrl.substring("jdbc:".length()));
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://localhost:" + server.getLocalPort() + target.getPath();
    }

    public void cut() throws IOException {
        refused.set(0);
        cut = true;
        for (Socket socket : open) {
            socket.close();
        }
    }

    public void mend() {
        cut = false;
        swallowing = false;
    }

    /** How many connections were tried since it was cut. */
    public int refused() {
        return refused.get();
    }

    public void swallow() {
        swallowing = true;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                if (cut) {
                    refused.incrementAndGet();
                    client.close();
                    continue;
                }
                Socket database = new Socket(target.getHost(), target.getPort());
                open.addAll(List.of(client, database));
                Thread.ofVirtual().start(() -> carry(client, database));
                Thread.ofVirtual().start(() -> carry(database, client));
            }
        } catch (IOException e) {
            // closed: the test is over
        }
    }

    private void carry(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                if (!swallowing) {
                    out.write(buffer, 0, n);
                }
            }
        } catch (IOException e) {
            // one end is gone, and so is the other now
        }
    }

    @Override
    public void close() throws IOException {
        cut();
        server.close();
    }
}
