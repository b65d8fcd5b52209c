package org.carelog.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Thousands of random cases of what a relay may live through, each told by its seed. */
class LanesOrderTest {
    private static final int CASES = 3000;

    @Test
    void whateverHappensVersionsAndKeysKeepTheirOrder() {
        for (long seed = 0; seed < CASES; seed++) {
            assertThat(new Case(seed).faults()).as("seed %d", seed).isEmpty();
        }
    }

    /** A row of the pending set; times are counted in steps. */
    private record Row(long id, String resource, long version, String key, int written, int committed) {}

    /** A small world: a table whose rows are committed late, a relay that is interrupted, a broker that refuses. */
    private static final class Case {
        private static final int PAGE = 5;

        private final Random random;
        private final List<Row> rows = new ArrayList<>();
        private final Set<Long> published = new HashSet<>();
        private final List<Pointer> onTheWay = new ArrayList<>();
        private final Map<String, Integer> heldUntil = new TreeMap<>();
        private final List<String> faults = new ArrayList<>();
        private Lanes lanes = new Lanes();
        private int now;

        Case(long seed) {
            random = new Random(seed);
            write();
        }

        /** Versions of five resources under four keys; a resource is written again after its last commit. */
        private void write() {
            Map<String, Row> last = new TreeMap<>();
            int time = 0;
            for (long id = 1; id <= 40; id++) {
                String resource = "r" + random.nextInt(5);
                Row before = last.get(resource);
                time = Math.max(time + random.nextInt(3), before == null ? 0 : before.committed() + 1);
                Row row = new Row(
                        id,
                        resource,
                        before == null ? 1 : before.version() + 1,
                        "k" + random.nextInt(4),
                        time,
                        time + random.nextInt(6));
                last.put(resource, row);
                rows.add(row);
            }
        }

        List<String> faults() {
            for (now = 0; published.size() < rows.size() && now < 5000; now++) {
                switch (random.nextInt(5)) {
                    case 0, 1 -> readOn();
                    case 2 -> send();
                    case 3 -> answer();
                    default -> maybeBeginAnew();
                }
            }
            if (published.size() < rows.size()) {
                faults.add("never published: " + (rows.size() - published.size()));
            }
            return faults;
        }

        /** As Publication does, with the page that the SQL gives. */
        private void readOn() {
            heldUntil.values().removeIf(until -> until <= now);
            Set<String> without = new HashSet<>(heldUntil.keySet());
            boolean more = true;
            while (more && lanes.size() < 10) {
                without.addAll(lanes.keys());
                List<Pointer> page = page(without);
                without.addAll(lanes.take(page));
                more = page.size() == PAGE;
            }
        }

        /** Rows lie in the order of their ids. */
        private List<Pointer> page(Set<String> without) {
            List<Pointer> page = new ArrayList<>();
            Set<String> goFirst = new HashSet<>();
            for (Row row : rows) {
                if (row.committed() > now || published.contains(row.id())) {
                    continue;
                }
                if (without.contains(row.key())) {
                    goFirst.add(row.resource());
                } else {
                    page.add(new Pointer(
                            row.id(),
                            "Encounter",
                            row.resource(),
                            row.version(),
                            Change.UPDATED,
                            row.key(),
                            null,
                            goFirst.contains(row.resource())));
                    if (page.size() == PAGE) {
                        break;
                    }
                }
            }
            return page;
        }

        /** Some are sent; at one of them the producer may have no room, or find it too large. */
        private void send() {
            List<Pointer> next = lanes.next(1 + random.nextInt(4));
            for (int i = 0; i < next.size(); i++) {
                Pointer pointer = next.get(i);
                int outcome = random.nextInt(12);
                if (outcome == 0) {
                    lanes.again(next.subList(i, next.size()));
                    return;
                }
                if (outcome == 1 || heldUntil.containsKey(pointer.key())) {
                    lanes.drop(pointer);
                    hold(pointer);
                } else {
                    judge(row(pointer));
                    onTheWay.add(pointer);
                }
            }
        }

        private void judge(Row sent) {
            Set<Long> before = new HashSet<>(published);
            onTheWay.stream()
                    .filter(pointer -> pointer.key().equals(sent.key()))
                    .forEach(pointer -> before.add(pointer.id()));
            for (Row row : rows) {
                boolean earlier = row.resource().equals(sent.resource()) && row.version() < sent.version()
                        || row.key().equals(sent.key()) && row.committed() < sent.written();
                if (earlier && !before.contains(row.id())) {
                    faults.add("%s sent before %s".formatted(sent, row));
                }
            }
        }

        /** The broker takes the first of a key; or refuses it, and what is behind it is never sent. */
        private void answer() {
            if (onTheWay.isEmpty()) {
                return;
            }
            String key = onTheWay.get(random.nextInt(onTheWay.size())).key();
            Pointer pointer = onTheWay.stream()
                    .filter(p -> p.key().equals(key))
                    .findFirst()
                    .orElseThrow();
            if (random.nextInt(12) == 0) {
                beginAnew();
                hold(pointer);
            } else {
                onTheWay.remove(pointer);
                lanes.done(pointer);
                published.add(pointer.id());
            }
        }

        private void hold(Pointer pointer) {
            heldUntil.put(pointer.key(), now + random.nextInt(20));
        }

        /** The relay is killed: what was on its way is on the topic, or not. */
        private void maybeBeginAnew() {
            if (random.nextInt(10) == 0) {
                beginAnew();
                heldUntil.clear();
            }
        }

        private void beginAnew() {
            lanes = new Lanes();
            onTheWay.clear();
        }

        private Row row(Pointer pointer) {
            return rows.get((int) pointer.id() - 1);
        }
    }
}
