package org.carelog.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.carelog.testing.Parallel;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant IN_FIVE_MINUTES = START.plusSeconds(300);
    private static final Actor ADA = actor("ada");
    private static final Actor BOB = actor("bob");

    private Instant now = START;
    private final VerifiedTokens verified = new VerifiedTokens(Duration.ofSeconds(60), () -> now);

    @Test
    void aTokenThatWasVerifiedIsKnown() {
        // Given
        verified.add(AccessToken.expiring(IN_FIVE_MINUTES, "a.b.ada"), ADA);
        verified.add(AccessToken.expiring(IN_FIVE_MINUTES, "a.b.bob"), BOB);

        // When
        now = START.plusSeconds(59);

        // Then
        assertThat(verified.actor("a.b.ada")).contains(ADA);
        assertThat(verified.actor("a.b.bob")).contains(BOB);
    }

    @Test
    void oneThatDiffersFromItInAnythingIsNot() {
        // When
        verified.add(AccessToken.expiring(IN_FIVE_MINUTES, "a.b.c"), ADA);

        // Then
        assertThat(List.of("a.b.d", "a.B.c", "a.b.c ", " a.b.c", "a.b", "a.b.", ""))
                .allSatisfy(other -> assertThat(verified.actor(other)).isEmpty());
    }

    @Test
    void itIsNotKnownFromTheMomentItExpires() {
        // Given
        verified.add(AccessToken.expiring(START.plusSeconds(30), "a.b.c"), ADA);

        // When
        now = START.plusSeconds(30);

        // Then
        assertThat(verified.actor("a.b.c")).isEmpty();
    }

    @Test
    void itIsVerifiedAnewAfterAMinute() {
        // Given
        verified.add(AccessToken.expiring(IN_FIVE_MINUTES, "a.b.c"), ADA);

        // When
        now = START.plusSeconds(60);

        // Then
        assertThat(verified.actor("a.b.c")).isEmpty();
    }

    @Test
    void oneThatHasNoEndIsVerifiedEachTime() {
        // When
        verified.add(new AccessToken("a.b.c", Map.of()), ADA);

        // Then
        assertThat(verified.actor("a.b.c")).isEmpty();
    }

    @Test
    void soIsOneThatIsBoundToItsSendersKey() {
        // When
        verified.add(
                new AccessToken("a.b.c", Map.of("exp", IN_FIVE_MINUTES.getEpochSecond(), "cnf", Map.of("jkt", "k"))),
                ADA);

        // Then
        assertThat(verified.actor("a.b.c")).isEmpty();
    }

    @Test
    void soIsEachWhenNoneIsToBeRemembered() {
        // Given
        VerifiedTokens none = new VerifiedTokens(Duration.ZERO, () -> now);

        // When
        none.add(AccessToken.expiring(IN_FIVE_MINUTES, "a.b.c"), ADA);

        // Then
        assertThat(none.actor("a.b.c")).isEmpty();
    }

    @Test
    void ofManyTheLatestAreKnown() {
        // When
        for (int i = 0; i < VerifiedTokens.MOST + 100; i++) {
            verified.add(AccessToken.expiring(IN_FIVE_MINUTES, "a.b." + i), ADA);
        }

        // Then
        assertThat(IntStream.range(0, VerifiedTokens.MOST + 100)
                        .mapToObj(i -> verified.actor("a.b." + i))
                        .filter(Optional::isPresent))
                .hasSize(VerifiedTokens.MOST);
        assertThat(verified.actor("a.b.0")).isEmpty();
        assertThat(verified.actor("a.b.1000")).contains(ADA);
    }

    @Test
    void whoComesAtTheSameTimeIsNotTakenForAnother() throws InterruptedException {
        // Given
        AtomicInteger threads = new AtomicInteger();

        // When
        List<Boolean> own = Parallel.times(8, () -> {
            String name = "user" + threads.incrementAndGet();
            return IntStream.range(0, 2_000).allMatch(i -> {
                String token = name + "." + i;
                verified.add(AccessToken.expiring(IN_FIVE_MINUTES, token), actor(name));
                return verified.actor(token).map(Actor::subject).orElse(name).equals(name);
            });
        });

        // Then
        assertThat(own).containsOnly(true);
    }

    private static Actor actor(String subject) {
        return new Actor(subject, subject, "app", Set.of(Role.CLINICIAN), Optional.empty(), "");
    }
}
