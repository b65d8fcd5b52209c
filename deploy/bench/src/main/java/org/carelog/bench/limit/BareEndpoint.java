package org.carelog.bench.limit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carelog.bench.client.Client;
import org.carelog.bench.client.Ending;
import org.carelog.bench.client.HttpConnection;
import org.carelog.local.process.ChildProcess;
import org.carelog.local.process.Command;
import org.carelog.local.process.FreePort;
import org.carelog.local.process.Jdk;
import org.carelog.local.service.ServiceProgram;

/** A Quarkus endpoint that does nothing, in a JVM that is told what the services' are told. */
final class BareEndpoint implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChildProcess process;
    private final URI server;

    private BareEndpoint(ChildProcess process, URI server) {
        this.process = process;
        this.server = server;
    }

    /**
     * @param jar as the build packaged it
     * @throws IOException when it does not answer
     */
    static BareEndpoint start(Path jar, Path log) throws IOException, InterruptedException {
        int port = FreePort.any();
        List<String> line = new ArrayList<>();
        line.add(Jdk.program("java").toString());
        line.addAll(ServiceProgram.JVM);
        line.addAll(List.of("-Dquarkus.http.port=" + port, "-jar", jar.toString()));
        BareEndpoint endpoint = new BareEndpoint(
                ChildProcess.start(new Command(line, Map.of("MALLOC_ARENA_MAX", "2"), log)),
                URI.create("http://127.0.0.1:" + port));
        endpoint.awaitAnswer(log);
        return endpoint;
    }

    private void awaitAnswer(Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try (Client client = client()) {
                client.once();
                return;
            } catch (Exception notYet) {
                Thread.sleep(Duration.ofMillis(50));
            }
        }
        close();
        throw new IOException("The bare endpoint did not start; see " + log);
    }

    Client client() {
        HttpConnection connection = new HttpConnection(server);
        return new Client() {
            @Override
            public Optional<Ending> once() throws IOException {
                HttpConnection.Answer answer = connection.send("GET", "/bare", "", null);
                return Optional.of(
                        answer.status() == 200
                                ? Ending.done(1, answer.bytes())
                                : Ending.failed(Integer.toString(answer.status())));
            }

            @Override
            public void close() throws IOException {
                connection.close();
            }
        };
    }

    @Override
    public void close() {
        process.stop(Duration.ofSeconds(5));
    }
}
