package org.sluice.gateway.bench.loop;

/** Something to do at a time; a link of a slot of the {@link TimerWheel}, so that setting one costs no memory. */
public abstract class Alarm {
    Alarm before;
    Alarm after;
    long tick;

    protected abstract void ring();

    public final boolean isSet() {
        return before != null;
    }
}
