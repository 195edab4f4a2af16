package org.sluice.gateway.bench.loop;

/** Alarms in a ring of slots of one millisecond; later ones stay in their slot for more rounds. For one thread. */
public final class TimerWheel {
    private static final int SLOTS = 4096;
    private static final long TICK_NANOS = 1_000_000;
    private final Alarm[] slots = new Alarm[SLOTS];
    private final long origin;
    private long tick;
    private int count;

    public TimerWheel(long nowNanos) {
        origin = nowNanos;
        for (int i = 0; i < SLOTS; i++) {
            Alarm head = new Alarm() {
                @Override
                protected void ring() { }
            };
            head.before = head;
            head.after = head;
            slots[i] = head;
        }
    }

    /** Rings not before {@code deadlineNanos}; a set alarm is moved. */
    public void set(Alarm alarm, long deadlineNanos) {
        cancel(alarm);
        alarm.tick = Math.max(tick + 1, Math.floorDiv(deadlineNanos - origin + TICK_NANOS - 1, TICK_NANOS));
        Alarm head = slots[(int) (alarm.tick & SLOTS - 1)];
        alarm.before = head.before;
        alarm.after = head;
        head.before.after = alarm;
        head.before = alarm;
        count++;
    }

    public void cancel(Alarm alarm) {
        if (alarm.before != null) {
            alarm.before.after = alarm.after;
            alarm.after.before = alarm.before;
            alarm.before = null;
            alarm.after = null;
            count--;
        }
    }

    /** Rings all that is due. */
    public void advance(long nowNanos) {
        long now = Math.floorDiv(nowNanos - origin, TICK_NANOS);
        if (count == 0) {
            tick = Math.max(tick, now);
        }
        while (tick < now) {
            tick++;
            Alarm head = slots[(int) (tick & SLOTS - 1)];
            Alarm alarm = head.after;
            while (alarm != head) {
                Alarm next = alarm.after;
                if (alarm.tick <= tick) {
                    cancel(alarm);
                    alarm.ring();
                    next = next.before == null ? head.after : next;
                }
                alarm = next;
            }
        }
    }

    /** Milliseconds to wait for the next alarm: 0 when one is due, at most {@code most}. */
    public long millisToNext(long nowNanos, long most) {
        if (count == 0) {
            return most;
        }
        for (int ahead = 1; ahead <= SLOTS; ahead++) {
            Alarm head = slots[(int) (tick + ahead & SLOTS - 1)];
            if (head.after != head) {
                long wait = origin + (tick + ahead) * TICK_NANOS - nowNanos;
                return Math.min(most, Math.max(0, (wait + TICK_NANOS - 1) / TICK_NANOS));
            }
        }
        return most;
    }
}
