package org.sluice.gateway.replay;

import java.util.List;
import java.util.Optional;

/**
 * What one format says and the gateway has no way to tell in another yet. Each is a promise still to be kept: it stands in the
 * report, and a loss that no longer happens fails the test until it is taken off this list.
 */
record KnownLoss(String from, String to, String aspect, String why) {
    private static final List<KnownLoss> ALL = List.of();

    /** Those between formats that the gateway speaks with clients already. */
    static List<KnownLoss> among(List<WireFormat> clients) {
        List<String> names = clients.stream().map(WireFormat::dialect).toList();
        return ALL.stream().filter(loss -> names.contains(loss.to) && Wired.dialect(loss.from).isPresent()).toList();
    }

    static Optional<KnownLoss> of(WireFormat from, WireFormat to, String aspect) {
        return ALL.stream().filter(loss -> loss.from.equals(from.dialect()) && loss.to.equals(to.dialect()) && loss.aspect.equals(aspect)).findFirst();
    }
}
