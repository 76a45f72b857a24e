"""Claims about what was built: each is (what, whether it holds, what was seen)."""


def check(parts, folder, title):
    """Go through the claims that each part makes in the folder; the exit status."""
    failures = count = 0
    for part in parts:
        for what, holds, shown in part(folder):
            count += 1
            if not holds:
                failures += 1
                print(f"{what}: does not hold\n{shown}")
    print(f"{count} {title}, {failures} failures")
    return 1 if failures else 0
