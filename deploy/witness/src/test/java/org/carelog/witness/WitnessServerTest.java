package org.carelog.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.carelog.proof.Checkpoint;
import org.carelog.proof.Frontier;
import org.carelog.proof.Hash;
import org.carelog.proof.SignatureType;
import org.carelog.proof.SignedNote;
import org.carelog.proof.SigningKey;
import org.carelog.proof.Subtree;
import org.carelog.proof.Tree;
import org.carelog.proof.VerifierKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessServerTest {
    private static final SigningKey LOG = SigningKey.of("carelog/audit", SignatureType.ED25519, new byte[32]);
    private static final SigningKey WITNESS = SigningKey.of("carelog/witness", SignatureType.COSIGNATURE, new byte[32]);
    private static final SigningKey THIEF = SigningKey.of(
            "carelog/audit", SignatureType.ED25519, Hash.leaf(new byte[0]).bytes());
    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private WitnessServer server;

    @BeforeEach
    void start() throws IOException {
        server = new WitnessServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                WITNESS,
                directory.resolve("log.vkey"),
                directory.resolve("store"),
                () -> NOW);
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatContinuesIsSignedByTheKeyThatIsTold() throws Exception {
        // Given
        publish(LOG);
        GrowingLog log = new GrowingLog("leaf", 7);
        assertThat(add(log, 0).statusCode()).isEqualTo(200);
        log.grow(6);

        // When
        HttpResponse<String> answer = add(log, 7);

        // Then
        VerifierKey key = VerifierKey.parse(get("/witness.vkey").body().strip());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(key.cosigned(SignedNote.parse(log.note(LOG) + answer.body())))
                .contains(NOW);
        assertThat(Files.readString(directory.resolve("store/witness.vkey"))).isEqualTo(key + "\n");
    }

    @Test
    void afterARestartAnOlderLogIsRefusedAndSoIsAnother() throws Exception {
        // Given
        publish(LOG);
        add(new GrowingLog("leaf", 7), 0);
        stop();
        start();

        // When
        HttpResponse<String> backup = add(new GrowingLog("leaf", 5), 0);
        HttpResponse<String> other = add(new GrowingLog("other", 9), 7);

        // Then
        assertThat(backup.statusCode()).isEqualTo(409);
        assertThat(backup.headers().firstValue("Content-Type")).contains("text/x.tlog.size");
        assertThat(backup.body()).isEqualTo("7\n");
        assertThat(other.statusCode()).isEqualTo(422);
    }

    @Test
    void aKeyThatIsPublishedLaterIsNotBelieved() throws Exception {
        // Given
        GrowingLog log = new GrowingLog("leaf", 3);
        assertThat(add(log, 0).statusCode()).isEqualTo(404);
        publish(LOG);
        assertThat(add(log, 0).statusCode()).isEqualTo(200);

        // When
        publish(THIEF);
        stop();
        start();

        // Then
        assertThat(post(log.request(3, THIEF)).statusCode()).isEqualTo(403);
        assertThat(post(log.request(3, LOG)).statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsNoRequestIsRefused() throws Exception {
        assertThat(post("what?").statusCode()).isEqualTo(400);
        assertThat(post("x".repeat(100_000)).statusCode()).isEqualTo(400);
        assertThat(get("/add-checkpoint").statusCode()).isEqualTo(405);
        assertThat(get("/elsewhere").statusCode()).isEqualTo(404);
    }

    private void publish(SigningKey key) throws IOException {
        Files.writeString(directory.resolve("log.vkey"), key.verifier() + "\n");
    }

    private HttpResponse<String> add(GrowingLog log, long oldSize) throws IOException, InterruptedException {
        return post(log.request(oldSize, LOG));
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(address("/add-checkpoint"))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    /** A log in memory. */
    private static final class GrowingLog {
        private final Map<Subtree, Hash> hashes = new HashMap<>();
        private final Frontier frontier = new Frontier();
        private final Tree tree =
                new Tree(subtrees -> subtrees.stream().map(hashes::get).toList());
        private final String leaf;
        private long size;

        GrowingLog(String leaf, int size) {
            this.leaf = leaf;
            grow(size);
        }

        void grow(int count) {
            for (int i = 0; i < count; i++) {
                frontier.add(Hash.leaf((leaf + size++).getBytes(UTF_8)), hashes::put);
            }
        }

        SignedNote note(SigningKey key) {
            return new Checkpoint("carelog/audit", size, frontier.root()).signed(key);
        }

        String request(long oldSize, SigningKey key) {
            StringBuilder request = new StringBuilder("old " + oldSize + "\n");
            if (oldSize <= size) {
                tree.consistency(oldSize, size)
                        .path()
                        .forEach(hash -> request.append(hash).append('\n'));
            }
            return request.append('\n').append(note(key)).toString();
        }
    }
}
