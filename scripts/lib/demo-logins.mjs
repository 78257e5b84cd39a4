const DOMAIN = "demo.cungcau.invalid";
/** Password of every demo login. Demo logins exist in APP_MODE=demo only. */
const PASSWORD = "Cungcau-demo-2026";

/** Who can sign in to the demo exchange, as the seed program makes them: named by their role, no invented people. */
const LOGINS = [
  ["doanh-nghiep", "doanh nghiệp", "enterprise"],
  ["vien", "viện nghiên cứu", "research institute"],
  ["moi-gioi", "chuyên viên môi giới", "broker"],
  ["dang-ky", "cán bộ đăng ký", "registrar"],
  ["lanh-dao", "lãnh đạo", "leader"],
  ["quan-tri", "quản trị", "administrator"],
];

/** The lines that npm start prints below the address. */
export function demoLogins() {
  const rows = LOGINS.map(([name, vi, en]) => `  ${`${name}@${DOMAIN}`.padEnd(40)} ${vi} / ${en}`);
  return [`Đăng nhập thử / Demo logins (mật khẩu / password: ${PASSWORD})`, ...rows, "Ctrl-C để dừng / to stop"].join(
    "\n",
  );
}
