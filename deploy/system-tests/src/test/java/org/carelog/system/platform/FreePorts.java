package org.carelog.system.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;
import java.util.stream.IntStream;

/** Where a whole system finds room. */
public final class FreePorts {
    private static final int[] USUAL = {
        5433, 8080, 8081, 8082, 8083, 8180, 8184, 9080, 9081, 9082, 9083, 9092, 9093, 9094, 9180
    };
    /** Of second replicas, and of second and third brokers. */
    private static final int[] SEVERAL = {8181, 8182, 8183, 9181, 9182, 9183, 9192, 9193, 9194, 9292, 9293, 9294};

    private FreePorts() {}

    /** An offset at which every port is free, below those that systems give away by themselves. */
    public static int offset() {
        return new Random()
                .ints(10_000, 23_000)
                .filter(offset -> IntStream.concat(IntStream.of(USUAL), IntStream.of(SEVERAL))
                        .allMatch(port -> isFree(port + offset)))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
