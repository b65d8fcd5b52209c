package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.carelog.events.CopyKeeper;
import org.carelog.events.ResourceChanged;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.LocalReference;
import org.carelog.records.store.Head;
import org.carelog.records.store.ResourceStore;
import org.carelog.records.store.StoredVersion;
import org.jboss.logging.Logger;

/** Makes copies what their owner says: those that are missing or behind are applied, all others are as if they had just come. */
@ApplicationScoped
public class Restore implements CopyKeeper {
    private static final Logger LOG = Logger.getLogger(Restore.class);

    private final HostedTypes types;
    private final ResourceStore store;
    private final VersionStep step;
    private final Apply apply;

    Restore(HostedTypes types, ResourceStore store, VersionStep step, Apply apply) {
        this.types = types;
        this.store = store;
        this.step = step;
        this.apply = apply;
    }

    @Override
    public Restored restore(List<ResourceChanged> current) {
        Map<LocalReference, ResourceChanged> events = new HashMap<>();
        current.stream()
                .filter(event ->
                        types.find(event.type()).filter(HostedType::isProjected).isPresent())
                .forEach(event -> events.put(Apply.target(event), event));
        Map<LocalReference, Head> heads = store.lockAll(events.keySet(), false);
        Map<LocalReference, StoredVersion> here = store.current(heads.keySet());
        List<ResourceChanged> newer = new ArrayList<>();
        List<NewVersion> same = new ArrayList<>();
        int different = 0;
        for (Map.Entry<LocalReference, ResourceChanged> entry : events.entrySet()) {
            ResourceChanged event = entry.getValue();
            Head head = heads.get(entry.getKey());
            if (head == null || head.version() < event.version()) {
                newer.add(event);
            } else if (head.version() == event.version()) {
                StoredVersion mine = here.get(entry.getKey());
                if (mine != null && Arrays.equals(mine.content(), event.content())) {
                    same.add(apply.version(event, head));
                } else {
                    LOG.errorf("The copy of %s is not its owner's version %d", entry.getKey(), event.version());
                    different++;
                }
            }
        }
        apply.apply(newer);
        step.renew(same);
        return new Restored(newer.size(), same.size(), different);
    }
}
