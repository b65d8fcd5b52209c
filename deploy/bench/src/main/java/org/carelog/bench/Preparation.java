package org.carelog.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.carelog.bench.record.Crowd;
import org.carelog.bench.record.Patients;
import org.carelog.bench.record.Person;
import org.carelog.bench.record.Population;
import org.carelog.local.Carelog;
import org.carelog.local.load.InputResource;
import org.carelog.local.load.LoadCommand;
import org.carelog.local.platform.Installation;
import org.carelog.local.platform.RunningSystem;
import picocli.CommandLine;

/**
 * What is there before something is measured: a population, as {@code load} loads it, and patients with numbers.
 *
 * @param people how many the population is of
 * @param seed of the population
 * @param patients how many are written to be read and updated
 */
record Preparation(Installation installation, int people, long seed, int patients) {

    private static final int CLIENTS = 16;

    /** @throws IOException when something of it cannot be written */
    Records prepare(Set<Scenario> scenarios, RunningSystem running, FhirClients clients) throws Exception {
        Population population = population();
        if (needed(Scenario.Data.POPULATION, scenarios)) {
            load(population.directory());
        }
        List<InputResource> models = population.patients();
        List<Person> known = new ArrayList<>();
        for (InputResource model : models) {
            known.add(Person.of(model));
        }
        Records records = new Records(
                new Patients(models),
                patients,
                known,
                scenarios.contains(Scenario.BUNDLES) ? population.records(Owners.ask(running)) : List.of());
        if (needed(Scenario.Data.PATIENTS, scenarios)) {
            clients.writeAll(CLIENTS, () -> records::fill);
        }
        return records;
    }

    /** A crowd that is modelled by the population, which is loaded: the crowd refers to its hospitals and practitioners. */
    Crowd crowd(int encounters) throws Exception {
        Population population = population();
        load(population.directory());
        return new Crowd(population.visitors(encounters), Records.firstNumber());
    }

    private Population population() throws IOException, InterruptedException {
        return new Population(Carelog.synthea(installation).population(people, seed));
    }

    private static boolean needed(Scenario.Data data, Set<Scenario> scenarios) {
        return scenarios.stream().anyMatch(scenario -> scenario.data() == data);
    }

    private void load(Path directory) throws IOException {
        int exit = new CommandLine(
                        new LoadCommand(() -> Carelog.loadTarget(installation), () -> Carelog.synthea(installation)))
                .execute(directory.toString());
        if (exit != 0) {
            throw new IOException("The population was not loaded.");
        }
    }
}
