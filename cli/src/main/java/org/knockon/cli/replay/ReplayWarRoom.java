package org.knockon.cli.replay;

import java.util.Optional;
import org.knockon.cli.console.Cleanup;
import org.knockon.cli.warroom.Browser;
import org.knockon.streams.app.StreamsAppSettings;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.replay.ReplayControl;
import org.knockon.warroom.serve.WarRoom;

/** Starts the wall display of a replay. */
final class ReplayWarRoom {

    private ReplayWarRoom() {}

    /** Starts it on a free port and returns its address. A failure to open the browser is ignored. */
    static String start(ReplayPlan plan, StreamsAppSettings app, ReplayControl control, Cleanup cleanup) {
        WarRoomSettings settings = new WarRoomSettings(
                app.client(),
                app.pipeline().prefix(),
                plan.content().zone(),
                plan.endpoint().bind(),
                0,
                Optional.of(plan.run()),
                plan.endpoint().access());
        WarRoom running = cleanup.add(WarRoom.start(settings, System::currentTimeMillis, Optional.of(control)));
        if (plan.warRoom() == ReplayPlan.WarRoomMode.OPENED) {
            Browser.open(running.address());
        }
        return running.address();
    }
}
