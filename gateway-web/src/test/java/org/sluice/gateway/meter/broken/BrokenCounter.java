package org.sluice.gateway.meter.broken;

import org.sluice.gateway.route.broken.BrokenThingManager;

/** The other half of the cycle. */
public class BrokenCounter {
    public BrokenThingManager back;
}
