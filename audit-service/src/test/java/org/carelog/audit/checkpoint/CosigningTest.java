package org.carelog.audit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.carelog.audit.journal.AccessRecorded;
import org.carelog.audit.ledger.BrokenLog;
import org.carelog.audit.ledger.Ledger;
import org.carelog.audit.ledger.MerkleLog;
import org.carelog.proof.Checkpoint;
import org.carelog.proof.Hash;
import org.carelog.proof.SignatureType;
import org.carelog.proof.SignedNote;
import org.carelog.proof.SigningKey;
import org.carelog.proof.Witness;
import org.carelog.proof.WitnessStore;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real ledger, and the rules of a witness behind an address; the witness as a program is in the system tests. */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class CosigningTest {
    private static final String ORIGIN = "carelog/audit";
    private static final SigningKey KEY = SigningKey.of(ORIGIN, SignatureType.ED25519, new byte[32]);
    private static final SigningKey WITNESS = SigningKey.of("carelog/witness", SignatureType.COSIGNATURE, new byte[32]);

    @Inject
    Ledger ledger;

    @Inject
    MerkleLog log;

    private final Memory memory = new Memory();
    private final CheckpointState state = new CheckpointState(new SimpleMeterRegistry());
    private HttpServer server;
    private Cosigning cosigning;

    @BeforeEach
    void aWitness() throws IOException {
        Witness witness = new Witness(WITNESS, Map.of(ORIGIN, KEY.verifier()), memory, Instant::now);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/add-checkpoint", exchange -> {
            try (exchange) {
                Witness.Answer answer = witness.add(exchange.getRequestBody().readAllBytes());
                byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answer.status(), body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        cosigning = cosigning();
    }

    @AfterEach
    void noWitness() {
        server.stop(0);
    }

    @Test
    void eachCheckpointIsCosignedAsItContinuesTheOneBefore() throws Exception {
        // Given
        grow(3);
        cosigning.cosigned(signed(log.size()));
        grow(5);

        // When
        SignedNote note = cosigning.cosigned(signed(log.size()));
        SignedNote ofAnotherProcess = cosigning().cosigned(signed(log.size()));

        // Then
        assertThat(WITNESS.verifier().cosigned(note)).isPresent();
        assertThat(KEY.verifier().hasSigned(note)).isTrue();
        assertThat(WITNESS.verifier().cosigned(ofAnotherProcess)).isPresent();
        assertThat(state.witnessedSize())
                .isEqualTo(Checkpoint.parse(note.text()).size());
    }

    @Test
    void aHistoryThatTheWitnessDoesNotKnowIsABrokenLogThoughItIsSigned() {
        // Given
        grow(6);
        memory.keep(new Checkpoint(ORIGIN, 4, Hash.leaf(new byte[0])));

        // When, Then
        assertThatThrownBy(() -> cosigning.cosigned(signed(log.size()))).isInstanceOf(BrokenLog.class);
    }

    @Test
    void aLedgerThatEndsBeforeWhatTheWitnessSignedIsABrokenLog() {
        // Given: as of yesterday's backup
        grow(2);
        memory.keep(new Checkpoint(ORIGIN, log.size() + 1000, Hash.leaf(new byte[0])));

        // When, Then
        assertThatThrownBy(() -> cosigning.cosigned(signed(log.size()))).isInstanceOf(BrokenLog.class);
    }

    @Test
    void anotherInstanceMayBeFaster() throws Exception {
        // Given
        grow(2);
        SignedNote slow = signed(log.size());
        grow(2);
        cosigning().cosigned(signed(log.size()));

        // When, Then
        assertThat(cosigning.cosigned(slow)).isEqualTo(slow);
    }

    @Test
    void twoInstancesAtOnceAreBothCosigned() throws Exception {
        // Given
        Cosigning other = cosigning();
        for (int round = 0; round < 20; round++) {
            grow(1);
            cosigning().cosigned(signed(log.size()));
            grow(1);
            SignedNote note = signed(log.size());

            // When: neither knows what was signed last
            CompletableFuture<SignedNote> one = cosignedBy(cosigning, note);
            CompletableFuture<SignedNote> two = cosignedBy(other, note);

            // Then
            assertThat(one.get(20, TimeUnit.SECONDS)).isNotEqualTo(note);
            assertThat(two.get(20, TimeUnit.SECONDS)).isNotEqualTo(note);
        }
    }

    private static CompletableFuture<SignedNote> cosignedBy(Cosigning instance, SignedNote note) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return instance.cosigned(note);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void aWitnessThatIsAwayStopsNothing() throws Exception {
        // Given
        grow(2);
        noWitness();

        // When, Then
        SignedNote note = signed(log.size());
        assertThat(cosigning.cosigned(note)).isEqualTo(note);
        assertThat(state.witnessedSize()).isZero();
    }

    private Cosigning cosigning() {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new Cosigning(new TestConfig(Optional.empty(), Optional.of(address)), log, state);
    }

    private SignedNote signed(long size) {
        return new Checkpoint(ORIGIN, size, log.tree().root(size)).signed(KEY);
    }

    private void grow(int leaves) {
        String source = "source-" + UUID.randomUUID();
        for (int seq = 1; seq <= leaves; seq++) {
            AccessRecorded entry = new AccessRecorded(source, seq, new byte[32], new byte[32], new byte[] {1});
            QuarkusTransaction.requiringNew().run(() -> log.append(List.of(ledger.append(source, List.of(entry)))));
        }
    }

    private static final class Memory implements WitnessStore {
        private final Map<String, Checkpoint> kept = new ConcurrentHashMap<>();

        @Override
        public Optional<Checkpoint> latest(String origin) {
            return Optional.ofNullable(kept.get(origin));
        }

        @Override
        public void keep(Checkpoint checkpoint) {
            kept.put(checkpoint.origin(), checkpoint);
        }
    }
}
