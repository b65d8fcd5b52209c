package org.carelog.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LanesTest {
    private final Lanes lanes = new Lanes();

    @Test
    void keysTakeTurnsAndEachKeepsItsOrder() {
        // Given
        Pointer a1 = pointer(1, "a", 1, "A");
        Pointer a2 = pointer(2, "a", 2, "A");
        Pointer a3 = pointer(3, "a", 3, "A");
        Pointer b1 = pointer(4, "b", 1, "B");

        // When
        lanes.take(List.of(a1, a2, a3, b1));

        // Then
        assertThat(lanes.next(3)).containsExactly(a1, b1, a2);
        assertThat(lanes.next(3)).containsExactly(a3);
    }

    @Test
    void aKeyIsInHandUntilAllOfItIsPublished() {
        // Given
        Pointer a1 = pointer(1, "a", 1, "A");
        Pointer a2 = pointer(2, "a", 2, "A");
        lanes.take(List.of(a1, a2));
        sendable();

        // When
        lanes.done(a1);

        // Then
        assertThat(lanes.keys()).containsExactly("A");
        lanes.done(a2);
        assertThat(lanes.keys()).isEmpty();
        assertThat(lanes.size()).isZero();
    }

    @Test
    void whatIsBehindADroppedOneIsLeftToTheTable() {
        // Given
        Pointer a1 = pointer(1, "a", 1, "A");
        Pointer a2 = pointer(2, "a", 2, "A");
        lanes.take(List.of(a1, a2, pointer(3, "a", 3, "A"), pointer(4, "b", 1, "B")));
        assertThat(lanes.next(3)).contains(a1, a2);

        // When
        lanes.drop(a2);

        // Then
        assertThat(sendable()).isEmpty();
        assertThat(lanes.keys()).containsExactlyInAnyOrder("A", "B");
        lanes.done(a1);
        assertThat(lanes.keys()).containsExactly("B");
        assertThat(lanes.size()).isEqualTo(1);
    }

    @Test
    void whatWasNotSentIsTheNextInItsOrder() {
        // Given
        lanes.take(List.of(
                pointer(1, "a", 1, "A"), pointer(2, "a", 2, "A"), pointer(3, "b", 1, "B"), pointer(4, "a", 3, "A")));
        List<Pointer> next = lanes.next(3);

        // When
        lanes.again(next.subList(1, 3));

        // Then
        assertThat(sendable()).extracting(Pointer::id).containsExactly(3L, 2L, 4L);
    }

    @Test
    void aResourceThatMovedToAnotherPatientWaitsForItsEarlierVersion() {
        // Given
        Pointer underA = pointer(1, "e", 1, "A");
        Pointer underB = pointer(2, "e", 2, "B");
        Pointer backUnderA = pointer(3, "e", 3, "A");
        Pointer other = pointer(4, "o", 1, "C");

        // When
        Set<String> left = lanes.take(List.of(underA, underB, backUnderA, other));

        // Then
        assertThat(left).containsExactlyInAnyOrder("A", "B");
        assertThat(sendable()).containsExactly(underA, other);
        assertThat(lanes.keys()).containsExactlyInAnyOrder("A", "C");
    }

    @Test
    void nothingOvertakesAVersionThatWaits() {
        // Given
        Pointer waiting = new Pointer(1, "Encounter", "e", 2, Change.UPDATED, "B", null, true);
        Pointer behindIt = pointer(2, "o", 1, "B");
        Pointer nextOfBehind = pointer(3, "o", 2, "D");
        Pointer other = pointer(4, "p", 1, "C");

        // When
        Set<String> left = lanes.take(List.of(waiting, behindIt, nextOfBehind, other));

        // Then
        assertThat(left).containsExactlyInAnyOrder("B", "D");
        assertThat(sendable()).containsExactly(other);
    }

    @Test
    void aBusyKeyDoesNotTakeAllTheRoom() {
        // Given
        List<Pointer> page = new ArrayList<>(LongStream.rangeClosed(1, 2 * Lanes.LONGEST)
                .mapToObj(n -> pointer(n, "hot", n, "HOT"))
                .toList());
        page.add(pointer(501, "cold", 1, "COLD"));

        // When
        lanes.take(page);

        // Then
        assertThat(lanes.size()).isEqualTo(Lanes.LONGEST + 1);
        assertThat(lanes.next(2)).extracting(Pointer::key).containsExactly("HOT", "COLD");
    }

    private List<Pointer> sendable() {
        return lanes.next(Integer.MAX_VALUE);
    }

    private static Pointer pointer(long id, String resource, long version, String key) {
        return new Pointer(id, "Encounter", resource, version, Change.UPDATED, key, null, false);
    }
}
