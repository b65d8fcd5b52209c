package org.carelog.testing;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Takes the topics of this process away when it ends. */
final class TopicsOfTests {

    private static final Set<String> NAMES = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(TopicsOfTests::delete));
    }

    private TopicsOfTests() {}

    static void goWithThisProcess(String name) {
        NAMES.add(name);
    }

    private static void delete() {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, RealPlatform.kafka()))) {
            admin.deleteTopics(NAMES).all().get(5, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            System.getLogger(TopicsOfTests.class.getName())
                    .log(System.Logger.Level.WARNING, "topics of this test run stay: {0}", NAMES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
