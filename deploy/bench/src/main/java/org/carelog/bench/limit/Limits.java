package org.carelog.bench.limit;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.carelog.bench.client.ClosedLoop;
import org.carelog.local.postgres.PostgresServer;

/** Measures each {@link Limit} with {@value #CLIENTS} clients: as often a second as the machine can. */
public final class Limits {

    private static final int CLIENTS = 16;

    private final Path endpointJar;
    private final Path endpointLog;
    private final PostgresServer server;

    /** @param endpointJar of the bare endpoint, as the build packaged it */
    public Limits(Path endpointJar, Path endpointLog, PostgresServer server) {
        this.endpointJar = endpointJar;
        this.endpointLog = endpointLog;
        this.server = server;
    }

    public Map<Limit, Double> measure(int warmUp, int seconds) throws Exception {
        ClosedLoop loop = new ClosedLoop(CLIENTS, warmUp, seconds);
        Map<Limit, Double> limits = new EnumMap<>(Limit.class);
        try (BareEndpoint endpoint = BareEndpoint.start(endpointJar, endpointLog)) {
            limits.put(Limit.ENDPOINT, loop.run(endpoint::client).perSecond());
        }
        try (BareDatabase database = BareDatabase.create(server, CLIENTS)) {
            limits.put(Limit.SELECT, loop.run(database::select).perSecond());
            limits.put(Limit.INSERT, loop.run(database::insert).perSecond());
        }
        return limits;
    }
}
