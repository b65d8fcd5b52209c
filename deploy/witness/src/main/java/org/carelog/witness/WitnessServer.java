package org.carelog.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.carelog.proof.SigningKey;
import org.carelog.proof.VerifierKey;
import org.carelog.proof.Witness;

/**
 * The witness over HTTP: {@code POST /add-checkpoint}, and {@code GET /witness.vkey} for its public key.
 *
 * @see <a href="https://c2sp.org/tlog-witness">C2SP tlog-witness</a>
 */
final class WitnessServer implements AutoCloseable {
    private static final String TEXT = "text/plain; charset=utf-8";

    private final SigningKey key;
    private final KnownLogs logs;
    private final FileStore store;
    private final InstantSource clock;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private Witness witness;

    /**
     * @param published where the logs publish their keys
     * @param directory the store; it has also {@code witness.vkey}
     */
    WitnessServer(InetSocketAddress address, SigningKey key, Path published, Path directory, InstantSource clock)
            throws IOException {
        this.key = key;
        this.store = new FileStore(directory);
        this.logs = new KnownLogs(published, directory);
        this.clock = clock;
        FileStore.write(directory.resolve("witness.vkey"), key.verifier() + "\n");
        http = HttpServer.create(address, 0);
        http.setExecutor(threads);
        http.createContext("/add-checkpoint", this::addCheckpoint);
        http.createContext("/witness.vkey", this::tellKey);
    }

    void start() {
        http.start();
    }

    int port() {
        return http.getAddress().getPort();
    }

    private void addCheckpoint(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("POST")) {
                exchange.getResponseHeaders().set("Allow", "POST");
                send(exchange, 405, TEXT, "POST is expected\n");
                return;
            }
            byte[] request = exchange.getRequestBody().readNBytes(Witness.LONGEST_REQUEST + 1);
            if (request.length > Witness.LONGEST_REQUEST) {
                send(exchange, 400, TEXT, "too long\n");
                return;
            }
            Witness.Answer answer = witness().add(request);
            send(exchange, answer.status(), answer.contentType(), answer.body());
        }
    }

    /** One that knows no log yet is made anew at the next request. */
    private synchronized Witness witness() throws IOException {
        if (witness != null) {
            return witness;
        }
        Map<String, VerifierKey> known = logs.keys();
        Witness made = new Witness(key, known, store, clock);
        witness = known.isEmpty() ? null : made;
        return made;
    }

    private void tellKey(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, 200, TEXT, key.verifier() + "\n");
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        http.stop(0);
        threads.close();
    }
}
