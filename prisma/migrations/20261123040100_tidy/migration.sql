SET lock_timeout = '5s';

-- the clock looks every minute for meetings that begin soon, and every ten for those to come
CREATE INDEX "meeting_starts_at_idx" ON "meeting"("starts_at");

-- ended sign-ins and spent links are found by when they ended
CREATE INDEX "login_expires_at_idx" ON "login"("expires_at");
CREATE INDEX "one_time_link_expires_at_idx" ON "one_time_link"("expires_at");
