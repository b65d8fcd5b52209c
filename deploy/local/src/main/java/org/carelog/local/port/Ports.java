package org.carelog.local.port;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which number each port has. Copies of a part have the numbers of the first one and {@value #BETWEEN_COPIES} more for each.
 *
 * @param detours other numbers by which services reach some, what is in between being somebody else's: a test of faults'.
 *     The first is that of the first copy, and so on; who has none is reached directly
 */
public record Ports(Map<Port, Integer> numbers, Map<Port, List<Integer>> detours, Scale scale) {

    /** Moves all ports that have no variable of their own. */
    public static final String OFFSET = "CARELOG_PORT_OFFSET";

    private static final int BETWEEN_COPIES = 100;

    private static final int HIGHEST = 65_535;

    private static final List<Port> WITH_DETOUR = List.of(Port.KAFKA, Port.POSTGRES);

    public Ports {
        numbers = Map.copyOf(numbers);
        detours = Map.copyOf(detours);
    }

    /**
     * The usual ones, as far as the environment does not say others, for a single system.
     *
     * @throws PortException when it says what is no port, or the same one twice
     */
    public static Ports of(Map<String, String> environment) throws PortException {
        int offset = number(environment, OFFSET, 0, HIGHEST);
        Map<Port, Integer> numbers = new EnumMap<>(Port.class);
        Map<Integer, Port> used = new LinkedHashMap<>();
        for (Port port : Port.values()) {
            int number = environment.containsKey(port.variable())
                    ? number(environment, port.variable(), 0, HIGHEST)
                    : port.usual() + offset;
            if (number < 1 || number > HIGHEST) {
                throw new PortException("%d is no port, and %s needs one: see %s and %s."
                        .formatted(number, port.use(), port.variable(), OFFSET));
            }
            Port other = used.put(number, port);
            if (other != null) {
                throw new PortException("Port %d is both for %s (%s) and for %s (%s)."
                        .formatted(number, other.use(), other.variable(), port.use(), port.variable()));
            }
            numbers.put(port, number);
        }
        return new Ports(numbers, detours(environment), Scale.SINGLE);
    }

    /** The same for a system with so many copies. */
    public Ports at(Scale other) {
        return new Ports(numbers, detours, other);
    }

    private static Map<Port, List<Integer>> detours(Map<String, String> environment) throws PortException {
        Map<Port, List<Integer>> detours = new EnumMap<>(Port.class);
        for (Port port : WITH_DETOUR) {
            String variable = port.detourVariable();
            String text = environment.getOrDefault(variable, "");
            List<Integer> ways = new ArrayList<>();
            for (String each : text.isBlank() ? new String[0] : text.split(",")) {
                ways.add(number(Map.of(variable, each), variable, 0, HIGHEST));
            }
            if (!ways.isEmpty()) {
                detours.put(port, List.copyOf(ways));
            }
        }
        return detours;
    }

    /** Those that nobody changed. */
    public static Ports usual() {
        return ofKeys(Map.of());
    }

    /** By the names that {@link Port#key} gives; what is missing has its usual number. */
    public static Ports ofKeys(Map<String, Integer> keys) {
        Map<Port, Integer> numbers = new EnumMap<>(Port.class);
        for (Port port : Port.values()) {
            numbers.put(port, keys.getOrDefault(port.key(), port.usual()));
        }
        return new Ports(numbers, Map.of(), Scale.SINGLE);
    }

    /** The numbers by the names that {@link Port#key} gives. */
    public Map<String, Integer> keys() {
        Map<String, Integer> keys = new LinkedHashMap<>();
        for (Port port : Port.values()) {
            keys.put(port.key(), number(port));
        }
        return keys;
    }

    public int number(Port port) {
        return numbers.get(port);
    }

    /** That of a copy; the first one is 1. */
    public int number(Port port, int copy) {
        return number(port) + BETWEEN_COPIES * (copy - 1);
    }

    /** Those of all copies, in their order. */
    public List<Integer> all(Port port) {
        return IntStream.rangeClosed(1, scale.copies(port))
                .mapToObj(copy -> number(port, copy))
                .toList();
    }

    /**
     * The number by which services reach it.
     *
     * @param copy of Kafka which broker; of PostgreSQL, of which there is one, which replica it is that reaches it
     */
    public int reached(Port port, int copy) {
        List<Integer> ways = detours.getOrDefault(port, List.of());
        return copy <= ways.size() ? ways.get(copy - 1) : number(port, scale.copies(port) == 1 ? 1 : copy);
    }

    /** What clients of Kafka are told to connect to first. */
    public String bootstrapServers() {
        return bootstrapServers(broker -> number(Port.KAFKA, broker));
    }

    /** The same for a service. */
    public String bootstrapServersReached() {
        return bootstrapServers(broker -> reached(Port.KAFKA, broker));
    }

    private String bootstrapServers(IntUnaryOperator port) {
        return IntStream.rangeClosed(1, scale.brokers())
                .map(port)
                .mapToObj(number -> "localhost:" + number)
                .collect(Collectors.joining(","));
    }

    /**
     * @param free whether a port of the loopback interface is free
     * @throws PortException when some are not; the message names each, its use, and how to change it
     */
    public void requireFree(IntPredicate free) throws PortException {
        List<String> taken = new ArrayList<>();
        for (Port port : Port.values()) {
            for (int number : all(port)) {
                if (!free.test(number)) {
                    taken.add("Port %d, for %s, is taken by another program. Another number: %s=…"
                            .formatted(number, port.use(), port.variable()));
                }
            }
        }
        if (!taken.isEmpty()) {
            taken.add("All numbers at once: " + OFFSET + "=1000. Nothing was started.");
            throw new PortException(String.join(System.lineSeparator(), taken));
        }
    }

    private static int number(Map<String, String> environment, String variable, int absent, int highest)
            throws PortException {
        String text = environment.get(variable);
        if (text == null || text.isBlank()) {
            return absent;
        }
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= 0 && number <= highest) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new PortException("%s is '%s' and should be a number up to %d.".formatted(variable, text, highest));
    }
}
